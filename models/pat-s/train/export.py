"""Writes a trained encoder in Keras's `save_weights` HDF5 layout: `python3 export.py weights.pt pat-s.h5`."""

import sys

import h5py
import numpy as np
import torch

from encoder import HEADS, WIDTH


def keras_tensors(state: dict[str, torch.Tensor]) -> dict[str, dict[str, np.ndarray]]:
    """Tensors by layer and by their name in it. Torch keeps (out, in); Keras (in, out), attention per head."""

    def dense(name: str) -> tuple[np.ndarray, np.ndarray]:
        return state[f"{name}.weight"].numpy().T, state[f"{name}.bias"].numpy()

    prefix = "encoder_layer_1"
    block: dict[str, np.ndarray] = {}
    for role, name in (("query", "query"), ("key", "keys"), ("value", "value")):
        kernel, bias = dense(f"block.attention.{name}")
        block[f"{prefix}_attention/{role}/kernel:0"] = kernel.reshape(WIDTH, HEADS, WIDTH)
        block[f"{prefix}_attention/{role}/bias:0"] = bias.reshape(HEADS, WIDTH)
    kernel, bias = dense("block.attention.output")
    block[f"{prefix}_attention/attention_output/kernel:0"] = kernel.reshape(HEADS, WIDTH, WIDTH)
    block[f"{prefix}_attention/attention_output/bias:0"] = bias
    for part in ("norm1", "ff1", "ff2", "norm2"):
        if part.startswith("norm"):
            block[f"{prefix}_{part}/gamma:0"] = state[f"block.{part}.weight"].numpy()
            block[f"{prefix}_{part}/beta:0"] = state[f"block.{part}.bias"].numpy()
        else:
            block[f"{prefix}_{part}/kernel:0"], block[f"{prefix}_{part}/bias:0"] = dense(f"block.{part}")
    kernel, bias = dense("dense")
    return {"dense": {"dense/kernel:0": kernel, "dense/bias:0": bias}, f"{prefix}_transformer": block}


def write(path: str, layers: dict[str, dict[str, np.ndarray]]) -> None:
    with h5py.File(path, "w", libver="earliest", track_order=False) as file:
        file.attrs["layer_names"] = [name.encode() for name in layers]
        file.attrs["backend"] = b"torch"
        file.attrs["keras_version"] = b"2.15.0"
        for layer, tensors in layers.items():
            group = file.create_group(layer)
            group.attrs["weight_names"] = [name.encode() for name in tensors]
            for name, values in tensors.items():
                group.create_dataset(name, data=np.ascontiguousarray(values, dtype="<f4"), track_times=False)


if __name__ == "__main__":
    write(sys.argv[2], keras_tensors(torch.load(sys.argv[1])["encoder"]))
