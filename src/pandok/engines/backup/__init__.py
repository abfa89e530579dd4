"""Backups as folders: files by their content, one manifest a backup."""
