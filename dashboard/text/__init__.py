"""Every word on screen, in Ukrainian and English, and the writing of numbers and dates."""
