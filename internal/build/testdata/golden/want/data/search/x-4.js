waymark.search("x","a3gma2li",4,[
["What is meant by what. The words of this handbook."]
]);
