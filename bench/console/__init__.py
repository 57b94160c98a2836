"""The console before a person's eyes: what the browser itself says of paint, answers, frames and shifts."""
