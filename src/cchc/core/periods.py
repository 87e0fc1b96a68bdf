"""TEMPORARY."""
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
class Frequency(StrEnum):
    MONTH="month"; QUARTER="quarter"; YEAR="year"
class Unit(StrEnum):
    MONTH="month"; QUARTER="quarter"; HALF="half"; NINE_MONTHS="nine_months"; YEAR="year"
L={Unit.MONTH:1,Unit.QUARTER:3,Unit.HALF:6,Unit.NINE_MONTHS:9,Unit.YEAR:12}
@dataclass(frozen=True, slots=True, order=True)
class Period:
    first:int; last:int; unit:Unit
    @staticmethod
    def month(y,m): o=y*12+m-1; return Period(o,o,Unit.MONTH)
    @staticmethod
    def quarter(y,q): o=y*12+3*(q-1); return Period(o,o+2,Unit.QUARTER)
    @staticmethod
    def half(y,h): o=y*12+6*(h-1); return Period(o,o+5,Unit.HALF)
    @staticmethod
    def nine_months(y): return Period(y*12,y*12+8,Unit.NINE_MONTHS)
    @staticmethod
    def year(y): return Period(y*12,y*12+11,Unit.YEAR)
    @staticmethod
    def span(f,l,unit):
        n=l-f+1
        for u,k in L.items():
            if n==k and (f%12%k==0 if k!=9 else f%12==0): return Period(f,l,u)
        return Period(f,l,unit)
    @staticmethod
    def between(a,b): return Period.span(a.first,b.last,a.unit)
    @property
    def months(self): return self.last-self.first+1
    @property
    def is_range(self): return self.months!=L[self.unit]
    @property
    def first_year(self): return self.first//12
    @property
    def last_year(self): return self.last//12
    @property
    def years(self): return tuple(range(self.first_year,self.last_year+1))
    @property
    def ends_with_year(self): return self.last%12==11
    @property
    def frequency(self): return None if self.is_range or self.unit in (Unit.HALF,Unit.NINE_MONTHS) else Frequency(self.unit)
    def contains(self,o): return self.first<=o.first and o.last<=self.last
    def parts(self,f):
        k=L[Unit(f)]; s=-(-self.first//k)*k
        return tuple(Period(i,i+k-1,Unit(f)) for i in range(s,self.last-k+2,k))
    def part_in(self,y): return Period.span(max(self.first,y*12),min(self.last,y*12+11),self.unit if self.first//12==self.last//12 else Unit.MONTH)
    def year_to_date(self): return Period.span(self.last_year*12,self.last,Unit.MONTH)
    def shifted_years(self,n): return Period(self.first+12*n,self.last+12*n,self.unit)
    def same_period_last_year(self): return self.shifted_years(-1)
    def previous(self):
        if self.is_range or self.unit is Unit.NINE_MONTHS: return None
        return Period(self.first-self.months,self.last-self.months,self.unit)
    def window(self,d):
        y,m=divmod(self.first-(1 if d>1 else 0),12); a=date(y,m+1,d)
        y,m=divmod(self.last+(0 if d>1 else 1),12); b=date(y,m+1,d)-timedelta(days=1)
        return a,b
    @property
    def label(self):
        def one(o,u):
            y=o//12; m=o%12
            return {Unit.MONTH:f"{y}-{m+1:02}",Unit.QUARTER:f"{y}Q{m//3+1}",Unit.HALF:f"{y}H{m//6+1}",Unit.NINE_MONTHS:f"{y}-9T",Unit.YEAR:f"{y}"}[u]
        return f"{one(self.first,self.unit)}..{one(self.last,self.unit)}" if self.is_range else one(self.first,self.unit)
    def __str__(self): return self.label
def reference_ending(p,f):
    k=L[Unit(f)]; s=p.last//k*k
    return Period(s,s+k-1,Unit(f))
def reporting_month(day,d):
    o=day.year*12+day.month-1
    if d>1 and day.day>=d: o+=1
    return Period(o,o,Unit.MONTH)
def due_date(p,day):
    y,m=divmod(p.last,12); return date(y,m+1,min(day,28))
