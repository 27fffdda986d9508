<?php

declare(strict_types=1);

namespace Example\Text;

final class Slug
{
    public function of(string $title): string
    {
        return trim(preg_replace('/[^a-z0-9]+/', '-', strtolower($title)), '-');
    }
}
