<?php

declare(strict_types=1);

namespace Example\Text;

final class Counter
{
    public static function words(string $text): int
    {
        return str_word_count($text);
    }
}
