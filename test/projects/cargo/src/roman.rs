pub struct Roman {
    value: u32,
}

impl Roman {
    pub fn new(value: u32) -> Self {
        Roman { value }
    }

    pub fn digits(&self) -> String {
        let table = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
        let mut left = self.value;
        let mut text = String::new();
        for (size, digit) in table {
            while left >= size {
                text.push_str(digit);
                left -= size;
            }
        }
        text
    }
}
