# An interface of no instance, with its group.
resource "aws_vpc" "one" { cidr_block = "10.20.0.0/16" }

resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.one.id
  cidr_block = "10.20.1.0/24"
}

resource "aws_security_group" "one" {
  name   = "interface"
  vpc_id = aws_vpc.one.id
}

resource "aws_network_interface" "one" {
  subnet_id       = aws_subnet.one.id
  private_ips     = ["10.20.1.10"]
  security_groups = [aws_security_group.one.id]
}
