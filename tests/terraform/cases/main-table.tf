# Another table becomes the main one, and gives the place back when it goes.
resource "aws_vpc" "one" { cidr_block = "10.10.0.0/16" }

resource "aws_route_table" "new" { vpc_id = aws_vpc.one.id }

resource "aws_main_route_table_association" "new" {
  vpc_id         = aws_vpc.one.id
  route_table_id = aws_route_table.new.id
}
