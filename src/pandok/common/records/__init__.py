"""What every record that people change needs: a lifecycle, and deletion with a certificate."""
