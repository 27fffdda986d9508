<?php

declare(strict_types=1);

namespace Example\Tests\Text;

use Example\Text\Slug;
use PHPUnit\Framework\TestCase;

final class SlugTest extends TestCase
{
    public function testJoinsWords(): void
    {
        $this->assertSame('hello-world', (new Slug())->of('Hello, World'));
    }
}
