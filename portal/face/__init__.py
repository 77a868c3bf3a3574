"""What a browser meets: addresses, answers, forms, pictures, the look. It stands on the words and knows no feature."""
