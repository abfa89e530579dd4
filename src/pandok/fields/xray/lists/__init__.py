"""What is read of X-ray: who may see what, work lists, figures."""
