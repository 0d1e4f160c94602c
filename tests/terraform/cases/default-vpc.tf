# The default VPC, by a data source and adopted.
data "aws_vpc" "default" { default = true }

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
  filter {
    name   = "default-for-az"
    values = ["true"]
  }
}

data "aws_route_table" "main" {
  vpc_id = data.aws_vpc.default.id
  filter {
    name   = "association.main"
    values = ["true"]
  }
}

resource "aws_default_vpc" "tokyo" {
  provider = aws.tokyo
  tags     = { Name = "adopted" }
}

resource "aws_default_subnet" "tokyo" {
  provider          = aws.tokyo
  availability_zone = "ap-northeast-1a"
}
