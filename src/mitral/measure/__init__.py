"""What an examiner would find in a beat; nothing here sees the model."""
