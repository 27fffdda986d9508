pub mod height;

pub fn is_high(metres: f64) -> bool {
    metres > 3.0
}
