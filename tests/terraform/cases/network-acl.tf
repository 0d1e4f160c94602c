# A network ACL that lets the peer's network in, on a subnet.
resource "aws_vpc" "one" { cidr_block = "10.15.0.0/16" }

resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.one.id
  cidr_block = "10.15.1.0/24"
}

resource "aws_network_acl" "one" {
  vpc_id     = aws_vpc.one.id
  subnet_ids = [aws_subnet.one.id]
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "10.16.0.0/16"
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_default_network_acl" "one" {
  default_network_acl_id = aws_vpc.one.default_network_acl_id
}

resource "aws_default_security_group" "one" { vpc_id = aws_vpc.one.id }
