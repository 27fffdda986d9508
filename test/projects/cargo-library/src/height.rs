pub fn between(low: i32, high: i32) -> i32 {
    (low + high) / 2
}

fn hidden(value: i32) -> i32 {
    value + 1
}

pub fn next(value: i32) -> i32 {
    hidden(value)
}
