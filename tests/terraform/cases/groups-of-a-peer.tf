# Rules that name a group of the peer VPC: inline, and of their own.
resource "aws_vpc" "here" { cidr_block = "10.13.0.0/16" }

resource "aws_vpc" "there" { cidr_block = "10.14.0.0/16" }

resource "aws_vpc_peering_connection" "between" {
  vpc_id      = aws_vpc.here.id
  peer_vpc_id = aws_vpc.there.id
  auto_accept = true
}

resource "aws_security_group" "there" {
  name       = "clients"
  vpc_id     = aws_vpc.there.id
  depends_on = [aws_vpc_peering_connection.between]
}

resource "aws_security_group" "inline" {
  name   = "inline"
  vpc_id = aws_vpc.here.id
  ingress {
    from_port       = 443
    to_port         = 443
    protocol        = "tcp"
    security_groups = [aws_security_group.there.id]
  }
}

resource "aws_security_group" "apart" {
  name   = "apart"
  vpc_id = aws_vpc.here.id
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  security_group_id            = aws_security_group.apart.id
  referenced_security_group_id = aws_security_group.there.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}
