module Shop
  module Labels
    def self.label(cents)
      format('%d.%02d', cents / 100, cents % 100)
    end
  end
end
