"""What is shown of a result: tables in the terminal, pictures, plain data."""
