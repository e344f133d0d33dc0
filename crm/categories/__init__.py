"""What is bought or sold; one field schema drives brief, draft, reply and comparison."""
