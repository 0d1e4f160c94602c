# A gateway endpoint in a table, an interface endpoint in a subnet.
resource "aws_vpc" "one" {
  cidr_block           = "10.12.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.one.id
  cidr_block = "10.12.1.0/24"
}

resource "aws_route_table" "one" { vpc_id = aws_vpc.one.id }

resource "aws_vpc_endpoint" "gateway" {
  vpc_id          = aws_vpc.one.id
  service_name    = "com.amazonaws.ap-northeast-2.s3"
  route_table_ids = [aws_route_table.one.id]
}

resource "aws_security_group" "endpoint" {
  name   = "endpoint"
  vpc_id = aws_vpc.one.id
}

resource "aws_vpc_endpoint" "interface" {
  vpc_id              = aws_vpc.one.id
  service_name        = "com.amazonaws.ap-northeast-2.sqs"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.one.id]
  security_group_ids  = [aws_security_group.endpoint.id]
  private_dns_enabled = true
}
