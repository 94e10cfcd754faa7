// The algorithm of ../nbody.py.
#include "harness.h"

#include <array>
#include <cmath>

const int64_t default_n = 400000;
constexpr double kSolarMass = 4 * (3.141592653589793 * 3.141592653589793), kDays = 365.24;

struct Body {
  double x, y, z, vx, vy, vz, mass;
};
using System = std::array<Body, 5>;

static System make_system() {
  System s{{{0, 0, 0, 0, 0, 0, 1},
            {4.84143144246472090, -1.16032004402742839, -0.103622044471123109, 0.00166007664274403694, 0.00769901118419740425,
             -0.0000690460016972063023, 0.000954791938424326609},
            {8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -0.00276742510726411, 0.00499852801234917238,
             0.0000230417297573763929, 0.000285885980666130812},
            {12.8943695621391310, -15.1111514016986312, -0.223307578892655734, 0.00296460137564761618, 0.00237847173959480950,
             -0.0000296589568540237556, 0.0000436624404335156298},
            {15.3796971148509165, -25.9193146099879641, 0.179258772950371181, 0.00268067772490389322, 0.00162824170038242295,
             -0.0000951592254519715870, 0.0000515138902046611451}}};
  double px = 0, py = 0, pz = 0;
  for (Body& b : s) {
    b.vx *= kDays, b.vy *= kDays, b.vz *= kDays, b.mass *= kSolarMass;
    px += b.vx * b.mass, py += b.vy * b.mass, pz += b.vz * b.mass;
  }
  s[0].vx = -px / kSolarMass, s[0].vy = -py / kSolarMass, s[0].vz = -pz / kSolarMass;
  return s;
}

static double energy(const System& s) {
  double total = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    const Body& a = s[i];
    total += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz);
    for (size_t j = i + 1; j < s.size(); ++j) {
      double dx = a.x - s[j].x, dy = a.y - s[j].y, dz = a.z - s[j].z;
      total -= a.mass * s[j].mass / std::sqrt(dx * dx + dy * dy + dz * dz);
    }
  }
  return total;
}

static void advance(System& s, double dt, int64_t steps) {
  for (int64_t step = 0; step < steps; ++step) {
    for (size_t i = 0; i < s.size(); ++i) {
      Body& a = s[i];
      for (size_t j = i + 1; j < s.size(); ++j) {
        Body& b = s[j];
        double dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
        double square = dx * dx + dy * dy + dz * dz, magnitude = dt / (square * std::sqrt(square));
        double mass = b.mass * magnitude;
        a.vx -= dx * mass, a.vy -= dy * mass, a.vz -= dz * mass;
        mass = a.mass * magnitude;
        b.vx += dx * mass, b.vy += dy * mass, b.vz += dz * mass;
      }
    }
    for (Body& a : s) a.x += dt * a.vx, a.y += dt * a.vy, a.z += dt * a.vz;
  }
}

std::string run(int64_t n) {
  System s = make_system();
  double before = energy(s);
  advance(s, 0.01, n);
  return format("%.9f %.9f", before, energy(s));
}
