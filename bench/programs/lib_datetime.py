"""datetime, calendar and time zones: arithmetic with dates and deltas, parsing and formatting, recurring appointments.

Stresses the datetime module.
"""
import calendar
from datetime import date, datetime, time, timedelta, timezone

from _harness import main


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def every(start, step, count):
    for k in range(count):
        yield start + k * step


def run(n):
    zone = timezone(timedelta(hours=5, minutes=30))
    total = 0
    for i in range(n):
        day = date(1950 + i % 130, i % 12 + 1, i % 28 + 1)
        total += day.toordinal() + day.weekday() + day.isocalendar()[1] + (easter(day.year) - day).days
        moment = datetime(2000 + i % 60, 1 + i % 12, 1 + i % 28, i % 24, i % 60, i * 7 % 60, tzinfo=timezone.utc)
        local = moment.astimezone(zone)
        total += local.hour * 60 + local.minute + (local == moment) + len(moment.isoformat())
        again = datetime.fromisoformat(moment.isoformat())
        total += (again - moment).seconds + len(moment.strftime("%Y-%m-%d %H:%M:%S %j"))
        for appointment in every(moment, timedelta(days=9, hours=5), 6):
            total += appointment.day * appointment.month + (appointment.time() < time(12))
        total += calendar.monthrange(day.year, day.month)[1] + calendar.isleap(day.year)
        total += (timedelta(days=i % 9, seconds=i) * 3 // timedelta(hours=1)) + len(str(timedelta(seconds=i * 977)))
        total += day.replace(day=1) < day
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 82000)
