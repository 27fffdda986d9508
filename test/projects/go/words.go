package words

import "strings"

// Reverse turns a text around.
func Reverse(text string) string {
	letters := []rune(text)
	for i, j := 0, len(letters)-1; i < j; i, j = i+1, j-1 {
		letters[i], letters[j] = letters[j], letters[i]
	}
	return string(letters)
}

func IsPalindrome(text string) bool {
	plain := strings.ToLower(strings.ReplaceAll(text, " ", ""))
	return plain == Reverse(plain)
}
