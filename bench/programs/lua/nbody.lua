-- The algorithm of ../nbody.py.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local harness = require("harness")

local SOLAR_MASS, DAYS = 4 * 3.141592653589793 ^ 2, 365.24
local sqrt = math.sqrt

local function body(x, y, z, vx, vy, vz, mass)
  return {x = x, y = y, z = z, vx = vx * DAYS, vy = vy * DAYS, vz = vz * DAYS, mass = mass * SOLAR_MASS}
end

local function make_system()
  local bodies = {
    body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
    body(4.84143144246472090, -1.16032004402742839, -0.103622044471123109, 0.00166007664274403694, 0.00769901118419740425,
         -0.0000690460016972063023, 0.000954791938424326609),
    body(8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -0.00276742510726411, 0.00499852801234917238,
         0.0000230417297573763929, 0.000285885980666130812),
    body(12.8943695621391310, -15.1111514016986312, -0.223307578892655734, 0.00296460137564761618, 0.00237847173959480950,
         -0.0000296589568540237556, 0.0000436624404335156298),
    body(15.3796971148509165, -25.9193146099879641, 0.179258772950371181, 0.00268067772490389322, 0.00162824170038242295,
         -0.0000951592254519715870, 0.0000515138902046611451)}
  local px, py, pz = 0.0, 0.0, 0.0
  for _, b in ipairs(bodies) do
    px, py, pz = px + b.vx * b.mass, py + b.vy * b.mass, pz + b.vz * b.mass
  end
  local sun = bodies[1]
  sun.vx, sun.vy, sun.vz = -px / SOLAR_MASS, -py / SOLAR_MASS, -pz / SOLAR_MASS
  return bodies
end

local function energy(bodies)
  local total = 0.0
  for i, a in ipairs(bodies) do
    total = total + 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      total = total - a.mass * b.mass / sqrt(dx * dx + dy * dy + dz * dz)
    end
  end
  return total
end

local function advance(bodies, dt, steps)
  local count = #bodies
  for _ = 1, steps do
    for i = 1, count do
      local a = bodies[i]
      for j = i + 1, count do
        local b = bodies[j]
        local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
        local square = dx * dx + dy * dy + dz * dz
        local magnitude = dt / (square * sqrt(square))
        local mass = b.mass * magnitude
        a.vx, a.vy, a.vz = a.vx - dx * mass, a.vy - dy * mass, a.vz - dz * mass
        mass = a.mass * magnitude
        b.vx, b.vy, b.vz = b.vx + dx * mass, b.vy + dy * mass, b.vz + dz * mass
      end
    end
    for i = 1, count do
      local a = bodies[i]
      a.x, a.y, a.z = a.x + dt * a.vx, a.y + dt * a.vy, a.z + dt * a.vz
    end
  end
end

harness.main(function(n)
  local bodies = make_system()
  local before = energy(bodies)
  advance(bodies, 0.01, n)
  return string.format("%.9f %.9f", before, energy(bodies))
end, 400000)
