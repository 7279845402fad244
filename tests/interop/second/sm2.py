"""SM2 signatures (GB/T 32918.2, curve of part 5) with SM3, written out with plain integers."""
import hashlib

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
     0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0)
ID = b"1234567812345678"


def sm3(data):
    return hashlib.new("sm3", data).digest()


def wide(number):
    return number.to_bytes(32, "big")


def add(one, two):
    if one is None or two is None:
        return two if one is None else one
    (x1, y1), (x2, y2) = one, two
    if x1 == x2:
        if (y1 + y2) % P == 0:
            return None
        slope = (3 * x1 * x1 + A) * pow(2 * y1, -1, P) % P
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, P) % P
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def times(factor, point):
    made = None
    while factor:
        if factor & 1:
            made = add(made, point)
        point, factor = add(point, point), factor >> 1
    return made


class Secret:
    def __init__(self, seed):
        self.number = int.from_bytes(seed, "big") % (N - 2) + 1
        self.public = times(self.number, G)
        curve = b"".join(map(wide, (A, B, *G, *self.public)))
        self.za = sm3((len(ID) * 8).to_bytes(2, "big") + ID + curve)

    def sign(self, message):
        e = int.from_bytes(sm3(self.za + message), "big")
        k = int.from_bytes(hashlib.sha256(wide(self.number) + wide(e)).digest(), "big") % (N - 1) + 1
        r = (e + times(k, G)[0]) % N
        s = pow(1 + self.number, -1, N) * (k - r * self.number) % N
        return wide(r) + wide(s)
