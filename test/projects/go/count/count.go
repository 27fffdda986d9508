package count

import (
	"errors"
	"strings"
)

var ErrEmpty = errors.New("nothing to count")

type Counter struct {
	seen map[string]int
}

func (c *Counter) Add(word string) int {
	if c.seen == nil {
		c.seen = map[string]int{}
	}
	c.seen[word]++
	return c.seen[word]
}

func Words(text string) (int, error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return 0, ErrEmpty
	}
	return len(words), nil
}
