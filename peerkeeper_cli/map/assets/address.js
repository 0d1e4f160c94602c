// Networks: an address, or a CIDR, as two numbers. BigInt, since IPv6 has 128 bits.
function parsedV4(text) {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parsedV6(text) {
  const halves = text.split("::");
  if (halves.length > 2 || !/^[0-9a-f:]+$/i.test(text) || !text.includes(":")) return null;
  const [head, tail] = halves.map((half) => (half ? half.split(":") : []));
  const missing = 8 - head.length - (tail ? tail.length : 0);
  if (tail ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array(missing).fill("0"), ...(tail || [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

// "10.0.0.0/16" or "10.0.3.4" as {bits, first, last}; null for anything else.
function network(text) {
  const [address, length, more] = text.trim().split("/");
  const bits = address.includes(":") ? 128n : 32n;
  const value = bits === 128n ? parsedV6(address) : parsedV4(address);
  if (value === null || more !== undefined) return null;
  if (length !== undefined && (!/^\d{1,3}$/.test(length) || BigInt(length) > bits)) return null;
  const size = 1n << (bits - (length === undefined ? bits : BigInt(length)));
  const first = value - (value % size);
  return { bits, first, last: first + size - 1n };
}

const overlaps = (one, other) =>
  one !== null && other !== null && one.bits === other.bits && one.first <= other.last && other.first <= one.last;
