require 'spec_helper'
require 'shop/price'

RSpec.describe Shop::Price do
  describe '#reduced' do
    it 'takes a share away' do
      expect(Shop::Price.new(200).reduced(50).cents).to eq(100)
    end
  end
end
