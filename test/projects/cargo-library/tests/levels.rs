use tides::is_high;

#[test]
fn four_metres_are_high() {
    assert!(is_high(4.0));
}
