# NameError suggestion from the locals of the failing frame, in the printed traceback.
def compute(amount, interest):
    total_sum = amount + interest
    return totl_sum


try:
    compute(1, 2)
except NameError as e:
    print(e, e.name)
compute(1, 2)
