#!/usr/bin/env python3
"""Makes tests/golden/statistics anew: what statsmodels, scikit-learn and scipy say of data that they bring with them.

Not part of any test's run. `pip install statsmodels scikit-learn scipy pandas`, then `python3 tests/oracle/make.py`.
Longley's coefficients and standard errors are NIST's certified values, as is the whole of Norris:
https://www.itl.nist.gov/div898/strd/lls/data/Longley.shtml, https://www.itl.nist.gov/div898/strd/lls/data/Norris.shtml
"""
import json
import math
import pathlib

import numpy as np
import pandas as pd
import scipy
import scipy.stats
import sklearn
import sklearn.cluster
import sklearn.datasets
import sklearn.metrics
import statsmodels
import statsmodels.api as sm
from statsmodels.stats.diagnostic import het_breuschpagan
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.outliers_influence import variance_inflation_factor
from statsmodels.stats.stattools import durbin_watson, jarque_bera

to = pathlib.Path(__file__).parent.parent / "golden" / "statistics"
tools = {m.__name__: m.__version__ for m in (np, pd, scipy, sklearn, statsmodels)}


def plain(x):
    """Numbers as JSON has them; what is missing is null."""
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple, np.ndarray, pd.Series)):
        return [plain(v) for v in x]
    if isinstance(x, bool):
        return x
    if isinstance(x, (np.integer, int)):
        return int(x)
    if isinstance(x, (np.floating, float)):
        return None if math.isnan(x) else float(x)
    return x


def write(name, cases):
    to.mkdir(parents=True, exist_ok=True)
    body = ",\n".join(json.dumps(plain(c), ensure_ascii=False) for c in cases)
    (to / f"{name}.json").write_text('{"tools": ' + json.dumps(tools) + ',\n"cases": [\n' + body + "\n]}\n", encoding="utf-8")


def table(frame):
    return [{"name": str(c), "values": frame[c].astype(float).tolist()} for c in frame.columns]


# ---- descriptive ----------------------------------------------------------------------------------------------------

def described(name, values, days=None):
    all_ = np.asarray(values, float)
    at = np.arange(len(all_)) if days is None else np.array([(d - days[0]).days for d in days])
    there = ~np.isnan(all_)
    v, x = all_[there], at[there]
    q = np.quantile(v, [0, .05, .25, .5, .75, .95, 1])
    reach = 1.5 * (q[4] - q[2])
    # Less a whole number, which no slope depends on: of values near 1e9 statsmodels loses seven digits.
    fit = sm.OLS(v - np.round(v.mean()), sm.add_constant(x.astype(float))).fit()
    low, high = fit.conf_int()[1]
    case = {"name": name, "values": all_, "days": None if days is None else [d.isoformat() for d in days], "expected": {
        "n": len(v), "left_out": int((~there).sum()), "mean": math.fsum(v) / len(v), "sd": v.std(ddof=1), "quantiles": q,
        "skewness": scipy.stats.skew(v, bias=False), "share_of_zero": float((v == 0).mean()), "fences": [q[2] - reach, q[4] + reach],
        "outliers": [int(i) for i in np.flatnonzero(there & ((all_ < q[2] - reach) | (all_ > q[4] + reach)))],
        "slope": fit.params[1], "slope_within": [low, high], "slope_p": fit.pvalues[1]}}
    if days is not None:
        s = pd.Series(v, index=[d.weekday() for d, t in zip(days, there) if t]).groupby(level=0)
        case["expected"]["weekdays"] = [[int(s.size().get(i, 0)), s.mean().get(i, math.nan), s.std(ddof=1).get(i, math.nan)] for i in range(7)]
    return case


def descriptive():
    rng = np.random.default_rng(4)
    days = [d.date() for d in pd.date_range("2026-01-05", periods=180, freq="D")]
    sold = np.round(100 + .25 * np.arange(180) + 20 * (np.arange(180) % 7 >= 5) + rng.normal(0, 8, 180), 2)
    sold[[3, 50, 51]] = np.nan
    sold[100] = 900
    sold[120:124] = 0
    co2 = sm.datasets.co2.load_pandas().data.iloc[:400]
    nile = sm.datasets.nile.load_pandas().data["volume"]
    return [described("nile", nile), described("sunspots", sm.datasets.sunspots.load_pandas().data["SUNACTIVITY"]),
            described("sold by day", sold, days), described("far from zero", 1e9 + rng.integers(0, 5, 40)),
            described("co2 by week", co2["co2"], [d.date() for d in co2.index])]


# ---- correlation ----------------------------------------------------------------------------------------------------

def paired(x, y, lag):
    if lag:
        x, y = x[:-lag], y[lag:]
    there = ~(np.isnan(x) | np.isnan(y))
    return x[there], y[there]


def one_strength(r, p, n):
    reach = scipy.stats.norm.ppf(.975) / math.sqrt(n - 3)
    return {"r": r, "p": p, "within": [math.tanh(math.atanh(r) - reach), math.tanh(math.atanh(r) + reach)]}


def correlated(name, frame, lags=0, season=0):
    used = {c: frame[c].to_numpy(float).copy() for c in frame.columns}
    if season:
        for v in used.values():
            for place in range(season):
                v[place::season] -= np.nanmean(v[place::season])
    pairs = []
    cols = list(frame.columns)

    def compare(a, b, lag):
        x, y = paired(used[a], used[b], lag)
        r, s = scipy.stats.pearsonr(x, y), scipy.stats.spearmanr(x, y)
        pairs.append({"x": a, "y": b, "lag": lag, "n": len(x), "pearson": one_strength(r.statistic, r.pvalue, len(x)), "spearman": one_strength(s.statistic, s.pvalue, len(x))})

    for i, a in enumerate(cols):
        for b in cols[i + 1:]:
            for lag in range(lags + 1):
                compare(a, b, lag)
                if lag:
                    compare(b, a, lag)
    for which in ("pearson", "spearman"):
        for p, q in zip(pairs, multipletests([p[which]["p"] for p in pairs], method="fdr_bh")[1]):
            p[which]["adjusted"] = q
    return {"name": name, "columns": table(frame), "lags": lags, "season": season, "expected": pairs}


def correlation():
    iris = sklearn.datasets.load_iris(as_frame=True).data
    macro = sm.datasets.macrodata.load_pandas().data[["realgdp", "realcons", "realinv", "unemp", "infl"]].diff().iloc[1:].reset_index(drop=True)
    rng = np.random.default_rng(11)
    n = 140
    week = np.tile([0, 1, 2, 3, 4, 9, 8], 20)
    base = rng.normal(size=n)
    held = pd.DataFrame({"访问": 50 + 5 * week + 3 * base, "下单": 10 + week + np.roll(base, 2) + .5 * rng.normal(size=n), "退款": rng.integers(0, 4, n).astype(float)})
    held.loc[[4, 5, 77], "下单"] = np.nan
    held.loc[9, "访问"] = np.nan
    return [correlated("iris", iris), correlated("macrodata, differences", macro, lags=2), correlated("a week taken out", held, lags=3, season=7),
            correlated("two columns", iris.iloc[:, :2])]


# ---- regression -----------------------------------------------------------------------------------------------------

def regressed(name, target, frame, in_time=False, certified=None):
    y, x = target.to_numpy(float), sm.add_constant(frame.to_numpy(float), has_constant="add")
    fit = sm.OLS(y, x).fit(method="qr")
    n, p = x.shape
    lags = int(4 * (n / 100) ** (2 / 9))
    hac = fit.get_robustcov_results("HAC", maxlags=lags, use_correction=True, use_t=True)
    hc3 = fit.get_robustcov_results("HC3", use_t=True)
    influence = fit.get_influence()
    jb, jb_p, skew, kurtosis = jarque_bera(fit.resid)
    bp, bp_p, _, _ = het_breuschpagan(fit.resid, x)
    singular = np.linalg.svd(x / np.linalg.norm(x, axis=0), compute_uv=False)

    def of(f):
        return {"se": f.bse, "t": f.tvalues, "p": f.pvalues, "within": f.conf_int()}

    dw = durbin_watson(fit.resid)
    expected = {"coefficients": fit.params, "classic": of(fit), "hc3": of(hc3), "newey_west": of(hac), "lags": lags, "sigma": math.sqrt(fit.mse_resid),
                "r_squared": fit.rsquared, "r_squared_adjusted": fit.rsquared_adj, "f": fit.fvalue, "f_p": fit.f_pvalue, "condition": singular[0] / singular[-1],
                "durbin_watson": dw, "breusch_pagan": bp, "breusch_pagan_p": bp_p, "jarque_bera": jb, "jarque_bera_p": jb_p, "skewness": skew, "kurtosis": kurtosis,
                "vif": [variance_inflation_factor(x, i) for i in range(1, p)] if p > 2 else [1.0], "leverage": influence.hat_matrix_diag, "cook": influence.cooks_distance[0],
                "robust": "newey_west" if in_time and not 1.5 <= dw <= 2.5 else "hc3" if bp_p < .05 else "classic"}
    case = {"name": name, "target": {"name": target.name, "values": y}, "columns": table(frame), "in_time": in_time, "expected": expected}
    if certified:
        case["certified"] = certified
    return case


def regression():
    longley = sm.datasets.longley.load_pandas()
    stack = sm.datasets.stackloss.load_pandas()
    diabetes = sklearn.datasets.load_diabetes(as_frame=True, scaled=False)
    engel = sm.datasets.engel.load_pandas().data
    macro = sm.datasets.macrodata.load_pandas().data
    certified = {"coefficients": [-3482258.63459582, 15.0618722713733, -0.358191792925910e-01, -2.02022980381683, -1.03322686717359, -0.511041056535807e-01, 1829.15146461355],
                 "se": [890420.383607373, 84.9149257747669, 0.334910077722432e-01, 0.488399681651699, 0.214274163161675, 0.226073200069370, 455.478499142212],
                 "sigma": 304.854073561965, "r_squared": 0.995479004577296, "f": 330.285339234588}
    source = pathlib.Path(scipy.stats.__file__).parent / "tests/data/nist_linregress/Norris.dat"
    norris = np.array([line.split() for line in source.read_text().splitlines()[60:] if line.strip()], float)
    norris_certified = {"coefficients": [-0.262323073774029, 1.00211681802045], "se": [0.232818234301152, 0.429796848199937e-03], "sigma": 0.884796396144373,
                        "r_squared": 0.999993745883712, "f": 5436385.54079785}
    return [regressed("longley", longley.endog, longley.exog, certified=certified),
            regressed("norris", pd.Series(norris[:, 0], name="y"), pd.DataFrame({"x": norris[:, 1]}), certified=norris_certified),
            regressed("stackloss", stack.endog, stack.exog), regressed("diabetes", diabetes.target, diabetes.data),
            regressed("engel", engel["foodexp"], engel[["income"]]),
            regressed("macrodata", macro["realcons"], macro[["realgdp", "unemp", "infl"]], in_time=True),
            regressed("macrodata, rows in no order", macro["realinv"], macro[["realgdp", "tbilrate"]])]


# ---- clusters -------------------------------------------------------------------------------------------------------

def clustered(name, frame):
    x = frame.to_numpy(float)
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    curve = []
    for k in range(2, 11):
        # More starts than ours: the best that there is to be found.
        fit = sklearn.cluster.KMeans(k, n_init=50, random_state=0).fit(z)
        curve.append({"k": k, "inertia": fit.inertia_, "labels": fit.labels_, "silhouette": sklearn.metrics.silhouette_score(z, fit.labels_),
                      "silhouettes": sklearn.metrics.silhouette_samples(z, fit.labels_) if k in (2, 3) else None})
    agree = [{"a": a["k"], "b": b["k"], "adjusted_rand": sklearn.metrics.adjusted_rand_score(a["labels"], b["labels"])} for a in curve for b in curve if a["k"] < b["k"]]
    return {"name": name, "columns": table(frame), "expected": {"curve": curve, "agree": agree}}


def clusters():
    iris = sklearn.datasets.load_iris(as_frame=True).data
    wine = sklearn.datasets.load_wine(as_frame=True).data
    cancer = sklearn.datasets.load_breast_cancer(as_frame=True).data.iloc[:, :6]
    return [clustered("iris", iris), clustered("wine", wine), clustered("breast cancer, six columns", cancer)]


if __name__ == "__main__":
    write("descriptive", descriptive())
    write("correlation", correlation())
    write("regression", regression())
    write("clusters", clusters())
