using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Onnx;

/// <summary>Trees of a model file as one ONNX operator.</summary>
static class OnnxTrees
{
    /// <summary>Adds them.</summary>
    /// <returns>Name of what they give, 1 × outputs.</returns>
    public static string Add(OnnxGraph graph, TreeFile[][] trees, string x)
    {
        List<long> tree = [], node = [], feature = [], yes = [], no = [], leafTree = [], leafNode = [], leafOutput = [];
        List<float> value = [], weight = [];
        List<string> mode = [];
        long number = 0;
        for (int output = 0; output < trees.Length; output++)
        {
            foreach (var one in trees[output])
            {
                for (int k = 0; k < one.Input.Length; k++)
                {
                    bool isLeaf = one.Input[k] < 0;
                    tree.Add(number);
                    node.Add(k);
                    feature.Add(isLeaf ? 0 : one.Input[k]);
                    value.Add(isLeaf ? 0 : one.Values[k]);
                    mode.Add(isLeaf ? "LEAF" : "BRANCH_LEQ");
                    yes.Add(isLeaf ? 0 : one.Left[k]);
                    no.Add(isLeaf ? 0 : one.Left[k] + 1);
                    if (!isLeaf) continue;
                    leafTree.Add(number);
                    leafNode.Add(k);
                    leafOutput.Add(output);
                    weight.Add(one.Values[k]);
                }

                number++;
            }
        }

        return graph.Add("TreeEnsembleRegressor", [x], [graph.Fresh("trees")], "ai.onnx.ml",
            OnnxGraph.Of("n_targets", trees.Length), OnnxGraph.Of("nodes_treeids", tree), OnnxGraph.Of("nodes_nodeids", node), OnnxGraph.Of("nodes_featureids", feature),
            OnnxGraph.Of("nodes_values", value), OnnxGraph.Of("nodes_modes", mode), OnnxGraph.Of("nodes_truenodeids", yes), OnnxGraph.Of("nodes_falsenodeids", no),
            OnnxGraph.Of("target_treeids", leafTree), OnnxGraph.Of("target_nodeids", leafNode), OnnxGraph.Of("target_ids", leafOutput), OnnxGraph.Of("target_weights", weight))[0];
    }
}
