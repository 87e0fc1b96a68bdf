"""TEMPORARY."""
import re
from cchc.core.periods import *
class PeriodError(ValueError):
    def __init__(s,text,column,closest): s.text=text;s.column=column;s.closest=closest
def parse_canonical(t):
    if m:=re.fullmatch(r"(\d{4})-(\d\d)",t): return Period.month(int(m[1]),int(m[2])) if 1<=int(m[2])<=12 else None
    if m:=re.fullmatch(r"(\d{4})Q([1-4])",t): return Period.quarter(int(m[1]),int(m[2]))
    if m:=re.fullmatch(r"(\d{4})H([12])",t): return Period.half(int(m[1]),int(m[2]))
    if m:=re.fullmatch(r"(\d{4})-9T",t): return Period.nine_months(int(m[1]))
    if m:=re.fullmatch(r"(\d{4})",t): return Period.year(int(m[1]))
    if m:=re.fullmatch(r"(.+)\.\.(.+)",t):
        a,b=parse_canonical(m[1]),parse_canonical(m[2])
        return Period.between(a,b) if a and b else None
def parse_period(t,today=None,month_starts_on=1):
    p=parse_canonical(t)
    if p is None: raise PeriodError(t,0,"2023-06")
    return p
