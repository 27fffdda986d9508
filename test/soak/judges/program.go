// Says of pairs of Go files whether they parse, and whether they are the same program without comments: reads lines
// `before<TAB>after` (`before` may be empty) and writes `same`, `changed` or `broken <why>` for each.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"strings"
)

func bare(path string) (string, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		return "", err
	}
	// Without positions the printer keeps no blank line where a comment was.
	var out bytes.Buffer
	if err := format.Node(&out, token.NewFileSet(), file); err != nil {
		return "", err
	}
	return strings.Join(strings.Fields(out.String()), " "), nil
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		before, after, _ := strings.Cut(lines.Text(), "\t")
		now, err := bare(after)
		if err != nil {
			fmt.Println("broken", strings.ReplaceAll(err.Error(), "\n", " "))
			continue
		}
		was, err := bare(before)
		if before != "" && err == nil && was == now {
			fmt.Println("same")
		} else {
			fmt.Println("changed")
		}
	}
}
