"""Planets on their orbits: a symplectic integrator over five bodies.

Stresses float arithmetic on attributes and list elements in a nested loop, with nothing allocated but floats.
"""
from _harness import main

SOLAR_MASS = 4 * 3.141592653589793 ** 2
DAYS = 365.24


class Body:
    __slots__ = ("x", "y", "z", "vx", "vy", "vz", "mass")

    def __init__(self, position, velocity, mass):
        self.x, self.y, self.z = position
        self.vx, self.vy, self.vz = (v * DAYS for v in velocity)
        self.mass = mass * SOLAR_MASS


def make_system():
    sun = Body((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 1.0)
    jupiter = Body((4.84143144246472090, -1.16032004402742839, -0.103622044471123109),
                   (0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023), 0.000954791938424326609)
    saturn = Body((8.34336671824457987, 4.12479856412430479, -0.403523417114321381),
                  (-0.00276742510726411, 0.00499852801234917238, 0.0000230417297573763929), 0.000285885980666130812)
    uranus = Body((12.8943695621391310, -15.1111514016986312, -0.223307578892655734),
                  (0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556), 0.0000436624404335156298)
    neptune = Body((15.3796971148509165, -25.9193146099879641, 0.179258772950371181),
                   (0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870), 0.0000515138902046611451)
    bodies = [sun, jupiter, saturn, uranus, neptune]
    sun.vx = -sum(b.vx * b.mass for b in bodies) / SOLAR_MASS
    sun.vy = -sum(b.vy * b.mass for b in bodies) / SOLAR_MASS
    sun.vz = -sum(b.vz * b.mass for b in bodies) / SOLAR_MASS
    return bodies


def energy(bodies):
    total = 0.0
    for i, a in enumerate(bodies):
        total += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
        for b in bodies[i + 1:]:
            dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
            total -= a.mass * b.mass / (dx * dx + dy * dy + dz * dz) ** 0.5
    return total


def advance(bodies, dt, steps):
    count = len(bodies)
    for _ in range(steps):
        for i in range(count):
            a = bodies[i]
            for j in range(i + 1, count):
                b = bodies[j]
                dx = a.x - b.x
                dy = a.y - b.y
                dz = a.z - b.z
                square = dx * dx + dy * dy + dz * dz
                magnitude = dt / (square * square ** 0.5)
                mass = b.mass * magnitude
                a.vx -= dx * mass
                a.vy -= dy * mass
                a.vz -= dz * mass
                mass = a.mass * magnitude
                b.vx += dx * mass
                b.vy += dy * mass
                b.vz += dz * mass
        for a in bodies:
            a.x += dt * a.vx
            a.y += dt * a.vy
            a.z += dt * a.vz


def run(n):
    bodies = make_system()
    before = energy(bodies)
    advance(bodies, 0.01, n)
    return f"{before:.9f} {energy(bodies):.9f}"


if __name__ == "__main__":
    main(run, 400000)
