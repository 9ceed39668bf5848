//! Least squares and quantiles, with weights that are never negative.

/// What the numbers of a text should come to.
#[derive(Clone)]
pub struct Row {
    pub numbers: Vec<f64>,
    pub wanted: f64,
    /// How much an error counts, squared.
    pub weight: f64,
}

/// Sweeps over the weights at most.
const SWEEPS: usize = 3000;
/// A sweep that moves no weight further is the last one.
const STILL: f64 = 1e-7;
const ROUNDS: usize = 40;

/// Returns the weights, none negative, whose sums come nearest to what is wanted. `ridge` says how hard each is
/// pulled to its `prior`.
pub fn least_squares(rows: &[Row], prior: &[f64], ridge: &[f64]) -> Vec<f64> {
    let n = prior.len();
    let mut products = vec![0.0; n * n];
    let mut wanted = vec![0.0; n];
    for row in rows {
        let present: Vec<usize> = (0..n).filter(|&i| row.numbers[i] != 0.0).collect();
        for &i in &present {
            let weighted = row.weight * row.numbers[i];
            wanted[i] += weighted * row.wanted;
            for &j in &present {
                products[i * n + j] += weighted * row.numbers[j];
            }
        }
    }
    for i in 0..n {
        products[i * n + i] += ridge[i];
        wanted[i] += ridge[i] * prior[i];
    }
    let mut weights = prior.to_vec();
    for _ in 0..SWEEPS {
        let mut moved: f64 = 0.0;
        for i in 0..n {
            let line = &products[i * n..(i + 1) * n];
            let rest =
                wanted[i] - line.iter().zip(&weights).map(|(product, weight)| product * weight).sum::<f64>();
            let to = (weights[i] + rest / line[i]).max(0.0);
            moved = moved.max((to - weights[i]).abs());
            weights[i] = to;
        }
        if moved < STILL {
            break;
        }
    }
    weights
}

/// Returns the weights, none negative, whose sums are at least what is wanted in such a share of the rows, and are near to
/// it: least squares, over and over, with each row weighted by its error and the side that it is on.
pub fn quantile(rows: &[Row], share: f64, prior: &[f64]) -> Vec<f64> {
    let ridge = vec![1e-3; prior.len()];
    let mut weights = prior.to_vec();
    let mut weighted = rows.to_vec();
    for _ in 0..ROUNDS {
        for (weighted, row) in weighted.iter_mut().zip(rows) {
            let sum: f64 = row.numbers.iter().zip(&weights).map(|(number, weight)| number * weight).sum();
            let error = row.wanted - sum;
            let side = if error > 0.0 { share } else { 1.0 - share };
            let scale = row.weight.sqrt();
            weighted.weight = scale * side / error.abs().max(0.002 / scale);
        }
        weights = least_squares(&weighted, &weights, &ridge);
    }
    weights
}
