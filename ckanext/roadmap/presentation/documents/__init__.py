"""Official documents: blocks of text, and what writes them as DOCX and PDF."""
