module Shop
  class Price
    attr_reader :cents

    def initialize(cents)
      @cents = cents
    end

    def free?
      cents.zero?
    end

    def reduced(percent)
      raise ArgumentError, 'percent' unless (0..100).cover?(percent)

      Price.new(cents - cents * percent / 100)
    end
  end
end
