"""What treats a leak, as changes of parameters, and which guideline statements a state meets."""
