# The way out of a private subnet, with its address.
resource "aws_vpc" "one" { cidr_block = "10.17.0.0/16" }

resource "aws_internet_gateway" "one" { vpc_id = aws_vpc.one.id }

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.one.id
  cidr_block = "10.17.1.0/24"
}

resource "aws_eip" "nat" { domain = "vpc" }

resource "aws_nat_gateway" "one" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public.id
  depends_on    = [aws_internet_gateway.one]
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.one.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.one.id
  }
}
