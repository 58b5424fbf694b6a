waymark.search("x","a3gma2li",7,[
["A plan."]
]);
