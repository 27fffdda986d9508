class Stack
  def initialize
    @items = []
  end

  def push(item)
    @items << item
    self
  end

  def peek
    @items.last
  end

  def size
    @items.length
  end
end
