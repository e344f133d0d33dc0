"""What is bought or sold, and the one field schema that brief, draft, reply and comparison share."""
