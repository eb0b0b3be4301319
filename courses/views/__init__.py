"""The screens of learning."""
