# time: the parts that do not depend on the clock: gmtime, strftime, mktime in UTC, struct_time, errors.
import time

t = time.gmtime(0)
print(t, t.tm_year, t[1], len(t), tuple(t)[:3], time.gmtime(1e9).tm_yday,
      time.strftime("%Y-%m-%d %H:%M:%S %j %a %b %p %%", time.gmtime(1234567890)),
      time.asctime(time.gmtime(86400 * 365)))
print(time.mktime((2000, 1, 1, 0, 0, 0, 0, 0, 0)), time.mktime(time.localtime(5000)), time.timezone, time.tzname,
      time.strptime("2020-02-29 13:05", "%Y-%m-%d %H:%M")[:6], time.strptime("Mon 03 Mar", "%a %d %b").tm_wday,
      time.ctime(0))
a, b = time.perf_counter(), time.perf_counter()
c, d = time.monotonic_ns(), time.monotonic_ns()
print(b >= a, d >= c, type(time.time()).__name__, type(time.time_ns()).__name__, time.time() > 1.6e9,
      time.process_time() >= 0, time.thread_time() >= 0, time.sleep(0), time.get_clock_info("monotonic").monotonic)
start = time.monotonic()
time.sleep(0.01)
print(time.monotonic() - start >= 0.01)
for e in ("time.sleep(-1)", "time.sleep('a')", "time.strptime('x', '%Y')", "time.strftime(5)", "time.gmtime('a')",
        "time.mktime((1, 2))", "time.strptime('2020 x', '%Y')", "time.gmtime(1e20)", "time.strftime('%Y', (1,))",
        "time.asctime(5)", "time.strptime('31 02', '%d %m')", "time.struct_time((1, 2))"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
