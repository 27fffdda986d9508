pub mod roman;

/// Counts the words of a text.
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn longest(text: &str) -> Option<&str> {
    text.split_whitespace().max_by_key(|word| word.len())
}

pub fn longest_length(text: &str) -> usize {
    longest(text).map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_words() {
        assert_eq!(words("one two"), 2);
    }
}
